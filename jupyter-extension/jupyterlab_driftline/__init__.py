"""Driftline's extension for JupyterLab: drift reports inline, and viewers for Model Monitor files."""

__version__ = "0.1.0"


def _jupyter_labextension_paths():
    return [{"src": "labextension", "dest": "@driftline/jupyterlab"}]
