"""Asks a real kernel of Jupyter, started in a folder by the name of its kernelspec, one request after the other.

Standard input: {"kernel", "folder", "steps": [...]}. A step is {"code"}, with "interrupt": true where the kernel is to be
interrupted at the first progress, and "signals": 2 to do so twice. Standard output: for each step {"status", "stderr",
"displays": [data, ...]}.
"""

import json
import sys
import time

from jupyter_client.manager import KernelManager

MIME = "application/vnd.driftline.reply.v1+json"
asked = json.load(sys.stdin)
manager = KernelManager(kernel_name=asked["kernel"])
manager.start_kernel(cwd=asked["folder"])
client = manager.client()
client.start_channels()
results = []
try:
    client.wait_for_ready(timeout=60)
    for step in asked["steps"]:
        message = client.execute(step["code"], store_history=False)
        displays, stderr, interrupts = [], "", step.get("signals", 1) if step.get("interrupt") else 0
        while True:
            answer = client.get_iopub_msg(timeout=120)
            if answer["parent_header"].get("msg_id") != message:
                continue
            kind, content = answer["header"]["msg_type"], answer["content"]
            if kind == "display_data":
                displays.append(content["data"])
                while interrupts > 0 and "progress" in content["data"].get(MIME, {}):
                    manager.interrupt_kernel()
                    interrupts -= 1
                    time.sleep(0.05)
            elif kind == "stream" and content["name"] == "stderr":
                stderr += content["text"]
            elif kind == "status" and content["execution_state"] == "idle":
                break
        reply = client.get_shell_msg(timeout=120)
        while reply["parent_header"].get("msg_id") != message:
            reply = client.get_shell_msg(timeout=120)
        results.append({"status": reply["content"]["status"], "stderr": stderr, "displays": displays})
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
json.dump(results, sys.stdout)
