"""What a page looks like, measured in the browser."""

# The words outside the window, or cut by a box that hides what overflows it. Words that can be
# scrolled to inside their own box are not lost; those hidden on purpose were never to be seen.
LOST_WORDS = """() => {
  const lost = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const whole = (rect, box) =>
    rect.left >= box.left - 1 && rect.right <= box.right + 1 &&
    rect.top >= box.top - 1 && rect.bottom <= box.bottom + 1;
  const screen = {
    left: 0, right: document.documentElement.clientWidth, top: 0, bottom: Infinity,
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(".visually-hidden, .skip-link")) continue;
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    const boxes = [screen];
    for (let box = element; box !== document.body; box = box.parentElement) {
      const {overflowX, overflowY} = getComputedStyle(box);
      if ([overflowX, overflowY].some((value) => value === "auto" || value === "scroll")) {
        boxes.length = 0;
        break;
      }
      if (overflowX !== "visible" && !(box instanceof SVGElement)) {
        boxes.push(box.getBoundingClientRect());
      }
    }
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].map((rect) => ({
      left: rect.left, right: rect.right, top: rect.top + scrollY, bottom: rect.bottom + scrollY,
    }));
    if (!rects.every((rect) => boxes.every((box) => whole(rect, box)))) {
      lost.push(node.data.trim().slice(0, 60));
    }
  }
  return lost;
}"""

SCROLLED_ASIDE = """() => {
  scrollTo(10_000, 0);
  const aside = scrollX;
  scrollTo(0, 0);
  return aside;
}"""
