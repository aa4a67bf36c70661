// A slider beside each of the six interests, and the hexagon that they draw.
// Missing from the platform: one control that is both slider and number; shapes made of values.

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 90;
const box = document.querySelector("[data-interests]");
const lines = [...(box?.querySelectorAll("[data-letter]") ?? [])];
const numbers = lines.map((line) => line.querySelector('[name^="interest_"]'));

function make(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function corner(index, radius) {
  const angle = (Math.PI / 3) * index - Math.PI / 2;
  return [radius * Math.cos(angle), radius * Math.sin(angle)].map((n) => n.toFixed(1));
}

const points = (radii) => radii.map((radius, index) => corner(index, radius).join(",")).join(" ");
const valueOf = (number) => Math.min(100, Math.max(0, Number(number.value) || 0));

function prepare() {
  const shape = make("polygon", { class: "desk-hexagon-shape" });
  const drawing = make("svg", { viewBox: "-115 -115 230 230", "aria-hidden": "true", focusable: "false" });
  for (const share of [0.25, 0.5, 0.75, 1]) {
    drawing.append(make("polygon", { class: "desk-hexagon-web", points: points(Array(6).fill(RADIUS * share)) }));
  }
  drawing.append(shape);
  lines.forEach((line, index) => {
    const [x, y] = corner(index, RADIUS + 14);
    drawing.append(make("text", { x, y }, line.dataset.letter));
  });
  const holder = document.createElement("div");
  holder.className = "desk-hexagon";
  holder.append(drawing);
  box.prepend(holder);
  box.classList.add("has-hexagon");

  const draw = () => shape.setAttribute("points", points(numbers.map((n) => (valueOf(n) / 100) * RADIUS)));
  const sliders = numbers.map((number, index) => {
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: 0, max: 100, className: "desk-slider" });
    slider.setAttribute("aria-label", `Curseur : ${lines[index].querySelector("h4").textContent.trim()}`);
    slider.addEventListener("input", () => {
      number.value = slider.value;
      draw();
    });
    number.addEventListener("input", () => {
      slider.value = valueOf(number);
      draw();
    });
    number.after(slider);
    return slider;
  });
  const follow = () => {
    sliders.forEach((slider, index) => (slider.value = valueOf(numbers[index])));
    draw();
  };
  document.addEventListener("desk:restored", follow);
  follow();
}

if (lines.length === 6 && !numbers.includes(null)) prepare();
