// Every form works without this. It says that a check takes a moment, keeps a second click out, and copies.
document.addEventListener('submit', ({ target, submitter }) => {
  if (target.dataset.sent || target.dataset.live !== undefined) return;
  target.dataset.sent = 'yes';
  submitter?.setAttribute('aria-busy', 'true');
  target.addEventListener('submit', (event) => event.preventDefault());
});

// A page that comes back by the back button is fresh again.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});

for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = 'Copied';
  });
}
