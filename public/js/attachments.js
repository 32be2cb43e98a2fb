/**
 * A form's file input becomes a list: files are picked several times or dropped, named with their size, and can be taken out
 * again before they are sent. Without this module it is the browser's own input for several files.
 */
import { fileList } from './file-list.js'
import { sendWithProgress } from './upload.js'

function enhance(field) {
  const input = field.querySelector('input[type="file"]')
  const list = fileList(input, { maxBytes: Number(field.dataset.maxBytes), maxFiles: Number(field.dataset.maxFiles) })
  const hint = document.createElement('p')
  const button = choosingButton(input)
  hint.className = 'files-drop-hint'
  hint.textContent = 'O arrastre los archivos hasta aquí.'
  input.after(button, hint, list.element)
  field.classList.add('files-drop')
  input.addEventListener('change', () => list.add(input.files))
  field.addEventListener('dragover', event => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    field.classList.add('files-over')
  })
  field.addEventListener('dragleave', event => {
    if (!field.contains(event.relatedTarget)) field.classList.remove('files-over')
  })
  field.addEventListener('drop', event => {
    event.preventDefault()
    field.classList.remove('files-over')
    list.add(event.dataTransfer.files)
  })
}

/** The input's own button speaks the browser's language; the input stays what is focused and read out. */
function choosingButton(input) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn files-choose'
  button.tabIndex = -1
  button.ariaHidden = 'true'
  button.textContent = 'Elegir archivos'
  button.addEventListener('click', () => input.click())
  return button
}

/** Makes the file inputs of a page, or of a part that came later, into lists. */
function enhanceFiles(root) {
  for (const field of root.querySelectorAll('[data-files]:not(.files-drop)')) enhance(field)
}

document.addEventListener('submit', event => {
  const input = event.target.querySelector('[data-files] input[type="file"]')
  if (!event.defaultPrevented && input?.files.length > 0) sendWithProgress(event, input, enhanceFiles)
})
enhanceFiles(document)
