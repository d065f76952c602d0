"""Who looks on at a batch and says nothing."""

from generator.batch.report import BatchReport, DocumentDone


class Silent:
    """Nobody looks on."""

    def __enter__(self) -> "Silent":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def begin(self, documents: int) -> None:
        pass

    def tell(self, event: DocumentDone) -> None:
        pass

    def close(self, report: BatchReport) -> None:
        pass
