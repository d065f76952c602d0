"""One function a job, for every face: typed in, typed out, nothing printed."""
