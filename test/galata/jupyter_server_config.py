# For tests only, on the loopback address: Galata's settings switch authentication off.
import os

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # noqa: F821
configure_jupyter_server(c)
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = int(os.environ["DRIFTLINE_PORT"])
c.ServerApp.root_dir = os.environ["DRIFTLINE_ROOT"]
