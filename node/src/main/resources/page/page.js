// Replaces each part of the page by what the server sends for it. The server escapes all text.
const live = document.getElementById("live");
const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
if (live) {
  const source = new EventSource(`/page/events?lang=${lang}`);
  for (const part of document.querySelectorAll("[data-part]")) {
    source.addEventListener(part.dataset.part, (event) => {
      part.innerHTML = JSON.parse(event.data);
    });
  }
  const say = (text, state) => {
    live.textContent = text;
    live.className = state;
  };
  source.addEventListener("open", () => say(live.dataset.live, "on"));
  source.addEventListener("error", () => say(live.dataset.lost, "off"));
}
