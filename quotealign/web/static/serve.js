// Looks whether a run has ended; without this script the page loads itself again every two seconds.
const stage = document.getElementById("stage");
const clock = document.getElementById("seconds");
let told = stage.textContent;
async function look() {
  try {
    const answer = await fetch(stage.dataset.state);
    const [status, doing, seconds] = (await answer.text()).split("\n");
    if (!answer.ok || (status !== "waiting" && status !== "running")) {
      location.reload();
      return;
    }
    const now = doing.charAt(0).toUpperCase() + doing.slice(1) + " …";
    if (now !== told) stage.textContent = told = now; // said aloud, so only when it has changed
    clock.textContent = seconds;
  } catch {
    // The server may be busy, or gone: look again.
  }
  setTimeout(look, 700);
}
setTimeout(look, 300);
