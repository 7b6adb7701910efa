/** "Load More": the next page of a folder in the Library. */
import type { CommandHandler } from "../contributions";
import type { MoreNode } from "../views/LibraryNodes";
import type { Services } from "./Services";

export function loadMore({ library }: Services): CommandHandler {
  return (first) => {
    if (isMoreNode(first)) library.loadMore(first);
  };
}

function isMoreNode(item: unknown): item is MoreNode {
  return (
    typeof item === "object" && item !== null && "kind" in item && item.kind === "more" && "parent" in item
  );
}
