// Says to who logs in again that what was typed is kept here, where something is.
// Missing from the platform: the server can't know what a browser keeps.

import { keys } from "./store.js";

const note = document.querySelector("[data-kept-here]");
if (note) note.hidden = !keys().some((key) => key.startsWith("desk:draft:"));
