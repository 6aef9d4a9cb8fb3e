// Comfort only: every page works without this file.

const first = (selector) => document.querySelector(selector);

// After a post the reader starts at the answer; after an enhanced navigation at the heading, as if the page had been loaded.
// On a real load the browser starts at the top, before the skip link, which is why FocusOnNavigate is not used.
let shown = location.pathname + location.search;
let isReturning = false;
window.addEventListener('popstate', () => (isReturning = true));
const focusStart = () => {
  const answer = first('.error-summary, .banner[data-outcome]');
  const moved = shown !== location.pathname + location.search;
  const isNew = moved && !isReturning;
  shown = location.pathname + location.search;
  isReturning = false;
  // The framework script leaves a new page where the last one was scrolled to.
  const part = document.getElementById(location.hash.slice(1));
  if (isNew && part) part.scrollIntoView();
  else if (isNew) scrollTo(0, 0);
  if (answer) return answer.focus();
  const start = moved && (part ?? first('h1'));
  if (!start) return;
  start.tabIndex = -1;
  start.focus({ preventScroll: true });
};

const closeMenus = (except) =>
  document.querySelectorAll('details[data-menu][open]').forEach((menu) => {
    if (menu !== except) menu.open = false;
  });

document.addEventListener('click', (event) => closeMenus(event.target.closest('details[data-menu]')));

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = event.target.closest?.('details[data-menu][open]');
  closeMenus();
  menu?.querySelector('summary').focus();
});

// Says that something is under way and stops the second of two quick presses; the button itself stays usable.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('form[data-form]')) return;
  if (form.ariaBusy === 'true') event.preventDefault();
  form.ariaBusy = 'true';
});
const rest = () => document.querySelectorAll('form[aria-busy]').forEach((form) => form.removeAttribute('aria-busy'));
window.addEventListener('pageshow', rest);

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const status = document.getElementById(button.dataset.status);
  try {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    status.textContent = button.dataset.done;
  } catch {
    getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
  }
});

const showConnection = () => {
  const bar = first('[data-offline]');
  if (bar) bar.hidden = navigator.onLine;
};
window.addEventListener('online', showConnection);
window.addEventListener('offline', showConnection);

const arrive = () => {
  document.querySelectorAll('[data-copy]').forEach((button) => (button.hidden = false));
  rest();
  closeMenus();
  showConnection();
  focusStart();
};
window.Blazor?.addEventListener('enhancedload', arrive);
arrive();
