/** Entry of the analysis page: builds its parts, hands them to each other, and asks the host for its file. */
import { Host } from "./host";
import { listenToKeys } from "./keyboard";
import { Lanes } from "./lanes/Lanes";
import { Page } from "./Page";
import { Player } from "./player/Player";

const root = document.getElementById("app");
if (!root) throw new Error("The page has no element for the app");

const host = new Host();
const saved = host.saved();
const player = new Player(saved.position);
const lanes = new Lanes(player, saved, save);
const page = new Page(root, host, player, lanes);
listenToKeys(player, lanes);
player.onChange(save);
host.listen((message) => {
  page.receive(message);
});
host.send({ type: "ready" });

function save(): void {
  host.save({ ...lanes.view, position: player.position });
}
