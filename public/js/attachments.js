/**
 * A form's file input becomes a list: files are picked several times or dropped, named with their size, and can be taken out
 * again before they are sent. Without this module it is the browser's own input for several files.
 */
import { fileList } from './file-list.js'
import { sendWithProgress } from './upload.js'

function enhance(field) {
  const input = field.querySelector('input[type="file"]')
  const list = fileList(input, { maxBytes: Number(field.dataset.maxBytes), maxFiles: Number(field.dataset.maxFiles) })
  field.querySelector('.files-choose').addEventListener('click', () => input.click())
  field.querySelector('.files-drop-hint').after(list.element)
  field.dataset.files = 'list'
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

/** Makes the file inputs of a page, or of a part that came later, into lists. */
function enhanceFiles(root) {
  for (const field of root.querySelectorAll('[data-files=""]')) enhance(field)
}

document.addEventListener('submit', event => {
  const input = event.target.querySelector('[data-files] input[type="file"]')
  if (!event.defaultPrevented && input?.files.length > 0) sendWithProgress(event, input, enhanceFiles)
})
enhanceFiles(document)
