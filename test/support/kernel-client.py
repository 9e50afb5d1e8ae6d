"""Asks a real kernel of Jupyter, started in a folder by the name of its kernelspec, one request after the other.

Standard input: {"kernel", "folder", "steps": [...]}. A step is {"code"}, with "interrupt": true where the kernel is to be
interrupted at the first progress. Standard output: for each step {"status", "stdout", "stderr", "displays": [data, ...]}.
"""

import json
import subprocess
import sys

from jupyter_client.manager import KernelManager

MIME = "application/vnd.driftline.reply.v1+json"
asked = json.load(sys.stdin)
manager = KernelManager(kernel_name=asked["kernel"])
# Node would make this process's standard output non-blocking, and what is written to it would be cut.
manager.start_kernel(cwd=asked["folder"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
client = manager.client()
client.start_channels()
results = []
try:
    client.wait_for_ready(timeout=60)
    for step in asked["steps"]:
        message = client.execute(step["code"], store_history=False)
        result = {"stdout": "", "stderr": "", "displays": []}
        interrupt = step.get("interrupt", False)
        while True:
            answer = client.get_iopub_msg(timeout=120)
            if answer["parent_header"].get("msg_id") != message:
                continue
            kind, content = answer["header"]["msg_type"], answer["content"]
            if kind == "display_data":
                result["displays"].append(content["data"])
                if interrupt and "progress" in content["data"].get(MIME, {}):
                    manager.interrupt_kernel()
                    interrupt = False
            elif kind == "stream":
                result[content["name"]] += content["text"]
            elif kind == "status" and content["execution_state"] == "idle":
                break
        reply = client.get_shell_msg(timeout=120)
        while reply["parent_header"].get("msg_id") != message:
            reply = client.get_shell_msg(timeout=120)
        results.append({"status": reply["content"]["status"], **result})
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
json.dump(results, sys.stdout)
