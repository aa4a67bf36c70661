// What this browser keeps for us, where it keeps anything: it may refuse to, or be full.

function attempt(act, otherwise) {
  try {
    return act(window.localStorage);
  } catch {
    return otherwise;
  }
}

export const keys = () => attempt((store) => Object.keys(store), []);
export const get = (key) => attempt((store) => store.getItem(key), null);
export const drop = (key) => attempt((store) => store.removeItem(key));

// Whether it is kept.
export function put(key, text) {
  return attempt((store) => {
    store.setItem(key, text);
    return true;
  }, false);
}
