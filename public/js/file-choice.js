/** An input for one file with a button and a text in the language of the page; without a script it is the browser's own. */
for (const field of document.querySelectorAll('[data-file-choice]')) {
  const input = field.querySelector('input')
  const chosen = field.querySelector('.file-chosen')
  const none = chosen.textContent
  field.querySelector('.files-choose').addEventListener('click', () => input.click())
  input.addEventListener('change', () => {
    chosen.textContent = input.files[0]?.name ?? none
  })
}
