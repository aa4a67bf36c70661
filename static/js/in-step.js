// Loads the page anew when its address changed before its scripts could follow.
// Missing from the platform: who goes back and forward fast changes the address of a document
// that is still loading, and the event that says so comes before anything can listen.

document.addEventListener("DOMContentLoaded", () => {
  const [navigation] = performance.getEntriesByType("navigation");
  if (!navigation) return;
  const loaded = new URL(navigation.name);
  if (loaded.pathname + loaded.search !== location.pathname + location.search) location.reload();
});
