/** Takes the part of a fetched page that a dialog shows: [data-dialog-content], else its <main>. */
const REFERENCES = ['for', 'aria-describedby', 'aria-labelledby']
const PREFIX = 'dialogo-'

/** @param close called when the person wants back to the page below */
export function dialogContent(html, close) {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const content = page.querySelector('[data-dialog-content]') ?? page.querySelector('main')
  renameIds(content)
  for (const link of content.querySelectorAll('a[data-dialog-close]')) closeInstead(link, close)
  for (const form of content.querySelectorAll('form[method="post"]')) form.prepend(failure())
  // The button comes last, so that the dialog opens with the focus on its first field.
  return [...content.childNodes, closeButton(close)]
}

// The page below may have fields of the same names.
function renameIds(content) {
  for (const element of content.querySelectorAll('[id]')) element.id = PREFIX + element.id
  for (const link of content.querySelectorAll('a[href^="#"]')) link.hash = PREFIX + link.hash.slice(1)
  for (const name of REFERENCES) {
    for (const element of content.querySelectorAll(`[${name}]`)) {
      element.setAttribute(
        name,
        element.getAttribute(name).replace(/\S+/g, id => PREFIX + id),
      )
    }
  }
}

function closeInstead(link, close) {
  link.addEventListener('click', event => {
    event.preventDefault()
    close()
  })
}

function closeButton(close) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn-close dialog-close'
  button.ariaLabel = 'Cerrar'
  button.addEventListener('click', close)
  return button
}

function failure() {
  const text = document.createElement('p')
  text.className = 'alert alert-danger'
  text.role = 'alert'
  text.hidden = true
  text.dataset.dialogFailure = ''
  text.textContent = 'No se pudo enviar. Revise su conexión e intente de nuevo; lo que escribió sigue aquí.'
  return text
}
