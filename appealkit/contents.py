"""The notebooks as JupyterLab reads them: a form whose kernel is gone says how to get it back."""

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

_LIVE = "application/vnd.jupyter.widget-view+json"


class Contents(AsyncLargeFileManager):
    """JupyterLab's own manager of files, but for forms of an earlier run.

    A saved notebook names the forms that its kernel held. As long as this kernel runs, they come back after a reload of the page; once
    it is gone, JupyterLab could only show an error of its own in their place. The name is then left out of what is read, so that the
    line of text is shown that each form stores beside it. The file stays as it is.
    """

    async def get(self, path: str, content: bool = True, *rest: Any, **options: Any) -> dict[str, Any]:  # noqa: ANN401, FBT001, FBT002 - as its base
        """Read a file.

        Args:
            path: the file, below the folder of the server.
            content: whether its content is wanted.
            *rest: whatever else the base takes.
            **options: the same, by name.

        Returns:
            The file, as the base gives it.
        """
        model: dict[str, Any] = await super().get(path, content, *rest, **options)  # type: ignore[no-untyped-call]
        if content and model["type"] == "notebook" and not await self._running(path):
            for cell in model["content"]["cells"]:
                for output in cell.get("outputs", ()):
                    data = output.get("data", {})
                    if len(data) > 1:
                        data.pop(_LIVE, None)
        return model

    async def _running(self, path: str) -> bool:
        server: Any = self.parent
        return any(session["path"].strip("/") == path.strip("/") for session in await server.session_manager.list_sessions())
