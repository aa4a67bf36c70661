"""Measures of a page, taken in the browser."""

import re

# Words outside the window, or cut by a box that hides what overflows it. What can be scrolled to
# inside its own box is not lost; what is hidden from sight on purpose was never shown.
_LOST_WORDS = """() => {
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const width = document.documentElement.clientWidth;
  const lost = [];
  const isInside = (rect, box) =>
    rect.left >= box.left - 1 && rect.right <= box.right + 1 &&
    rect.top >= box.top - 1 && rect.bottom <= box.bottom + 1;
  const boxesAround = (element) => {
    const boxes = [{left: 0, right: width, top: -Infinity, bottom: Infinity}];
    for (let box = element; box !== document.body; box = box.parentElement) {
      const overflow = getComputedStyle(box).overflow;
      if (/auto|scroll/.test(overflow)) return [];
      if (/hidden|clip/.test(overflow) && !(box instanceof SVGElement)) {
        boxes.push(box.getBoundingClientRect());
      }
    }
    return boxes;
  };
  while (walker.nextNode()) {
    const {data, parentElement} = walker.currentNode;
    const isSeen = parentElement.checkVisibility({visibilityProperty: true});
    if (!data.trim() || !isSeen || parentElement.closest(".visually-hidden, .skip-link")) continue;
    range.selectNodeContents(walker.currentNode);
    const boxes = boxesAround(parentElement);
    if ([...range.getClientRects()].some((rect) => boxes.some((box) => !isInside(rect, box)))) {
      lost.push(data.trim().slice(0, 60));
    }
  }
  return lost;
}"""

_SCROLLED_ASIDE = """() => {
  scrollTo(10_000, 0);
  const aside = scrollX;
  scrollTo(0, 0);
  return aside;
}"""

# A link in a sentence is as high as its line: WCAG 2.5.8 excepts it. A box in its label is not
# the target, the label is.
_SMALL_TARGETS = """([selector, least]) => [...document.querySelectorAll(selector)]
  .filter((target) => target.checkVisibility() &&
    !target.matches("label input, .skip-link, .visually-hidden"))
  .filter((target) => {
    const isInline = getComputedStyle(target).display === "inline";
    const sentence = target.closest("p, li, dd, dt, h1, h2, h3, h4") ?? target;
    return !(isInline && sentence.textContent.trim() !== target.textContent.trim());
  })
  .filter((target) => {
    const {width, height} = target.getBoundingClientRect();
    return width < least || height < least;
  })
  .map((target) => target.textContent.trim() || target.outerHTML)"""


def resize(page, width, height=740):
    page.set_viewport_size({"width": width, "height": height})


def double_text(page):
    """What a visitor's browser does whose letters are set to twice their size."""
    page.context.new_cdp_session(page).send(
        "Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}}
    )


def unfold(page):
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")


def lost_words(page):
    return page.evaluate(_LOST_WORDS)


def scrolled_aside(page):
    """By how many pixels the page lets itself be pushed to the left."""
    return page.evaluate(_SCROLLED_ASIDE)


def small_targets(page, least, selector="a, button, summary, label:has(input), input, select"):
    """The words of what is tapped, and smaller than `least` pixels in one direction."""
    return page.evaluate(_SMALL_TARGETS, [selector, least])


def bottom(locator):
    box = locator.bounding_box()
    return box["y"] + box["height"]


def count_of_pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
