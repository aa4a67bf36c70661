// Says a sentence to screen readers, once. Missing from the platform: `ariaNotify`, so far.

const place = document.createElement("p");
place.className = "desk-said";
place.setAttribute("role", "status");
document.body.append(place);

export function say(text) {
  place.textContent = text;
}
