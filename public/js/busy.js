/** A form that is on its way cannot be sent twice: its buttons wait until the page changes or comes back. */
const buttonsOf = form => [...form.elements].filter(control => control.type === 'submit')

function release(form) {
  delete form.dataset.busy
  for (const button of buttonsOf(form)) button.disabled = false
}

/** For a submission by script, which stays on the page: makes the form usable again. */
export { release }

document.addEventListener('submit', ({ target: form }) => {
  // A download leaves the page as it is.
  if (form.getAttribute('method') !== 'post' || 'download' in form.dataset) return
  form.dataset.busy = ''
  // Later, because a disabled button would not be sent along.
  setTimeout(() => {
    if ('busy' in form.dataset) for (const button of buttonsOf(form)) button.disabled = true
  })
})

addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-busy]')) release(form)
})
