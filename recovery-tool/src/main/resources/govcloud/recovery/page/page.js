// Brings the newest state every second; says so when the tool no longer answers.
const live = document.getElementById('live');
const stale = document.getElementById('stale');
let last = new Date();
async function refresh() {
  try {
    const answer = await fetch('now' + location.search, { cache: 'no-store' });
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    if (text !== live.dataset.text) {
      const focused = document.activeElement?.id;
      live.dataset.text = text;
      live.innerHTML = text;
      if (focused) document.getElementById(focused)?.focus();
    }
    const headline = document.getElementById('headline');
    const spoken = document.getElementById('spoken');
    if (headline && spoken.textContent !== headline.dataset.spoken) {
      spoken.textContent = headline.dataset.spoken;
    }
    last = new Date();
    stale.hidden = true;
  } catch (e) {
    stale.textContent = stale.dataset.text.replace('%s', last.toLocaleTimeString(document.documentElement.lang));
    stale.hidden = false;
  }
  setTimeout(refresh, 1000);
}
setTimeout(refresh, 1000);
