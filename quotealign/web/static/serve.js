// Looks whether a run has ended; without this script the page loads itself again every two seconds.
const stage = document.getElementById("stage");
const clock = document.getElementById("seconds");
const bar = document.getElementById("progress");
const count = document.getElementById("count");
const grouped = number => Number(number).toLocaleString("en");
let told = stage.textContent;
let missed = 0;
async function look() {
  try {
    const answer = await fetch(stage.dataset.state);
    if (answer.status >= 500) throw answer;
    const [status, doing, seconds, done, of] = (await answer.text()).split("\n");
    if (!answer.ok || (status !== "waiting" && status !== "running")) {
      location.reload();
      return;
    }
    const now = doing.charAt(0).toUpperCase() + doing.slice(1) + " …";
    if (now !== told) stage.textContent = told = now; // said aloud, so only when it has changed
    clock.textContent = seconds;
    if (of === "0") bar.removeAttribute("value");
    else [bar.max, bar.value] = [of, done];
    count.textContent = of === "0" ? "" : `${grouped(done)} of ${grouped(of)} quotation${of === "1" ? "" : "s"}`;
    missed = 0;
  } catch {
    // The server may be busy, or gone: look again, and tell it after a while.
    if (++missed === 5) stage.textContent = told = stage.dataset.gone;
  }
  setTimeout(look, 700);
}
setTimeout(look, 300);
