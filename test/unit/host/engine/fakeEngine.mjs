// Stands in for the built engine: a real child process that speaks the protocol. What it does on "count" is
// told by the store's database name.
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
} from "vscode-jsonrpc/node.js";

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));

connection.onRequest("count", ({ store }) => {
  if (store.database === "die") process.exit(7);
  if (store.database === "fail") throw new Error("the disk is full");
  if (store.database === "inUse") throw new ResponseError(-32603, "another writes", { code: "inUse" });
  return { analyzed: 0, failed: process.pid };
});
connection.onRequest("getView", () => {
  void connection.sendNotification("log", {
    level: "info",
    scope: "engine",
    message: "waveform sent",
  });
  return new Uint8Array([1, 2, 255]);
});
connection.listen();
process.on("disconnect", () => process.exit(0));
