/** Asks before a text that was typed and not sent is lost. */
const TEXTS = 'textarea, input[type="text"], input:not([type])'

/** Whether a form holds text that the server does not have: typed now, or refused with an error. */
export function isUnsent(form) {
  if (form.getAttribute('method') !== 'post') return false
  const texts = [...form.elements].filter(control => control.matches(TEXTS) && control.value.trim() !== '')
  const refused = 'unsent' in form.dataset || form.querySelector('[aria-invalid="true"], .form-summary') !== null
  return texts.some(control => refused || control.value !== control.defaultValue)
}

let sending = false
document.addEventListener('submit', event => {
  sending = !event.defaultPrevented
})
addEventListener('pageshow', () => {
  sending = false
})

addEventListener('beforeunload', event => {
  if (!sending && [...document.forms].some(isUnsent)) event.preventDefault()
})
