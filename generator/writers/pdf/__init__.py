"""HTML and CSS to PDF, and what makes the PDF say what it shows."""
