/** A button beside a text that is there to be copied; without a script the text is selected and copied by hand. */
for (const button of document.querySelectorAll('[data-copy]')) {
  const field = document.getElementById(button.dataset.copy)
  const label = button.querySelector('span')
  button.hidden = false
  button.addEventListener('click', async () => {
    field.select()
    const copied = await navigator.clipboard.writeText(field.value).then(
      () => true,
      () => false,
    )
    label.textContent = copied ? 'Copiado' : 'Selecciónelo y cópielo'
    document.querySelector('[data-copied]').textContent = label.textContent
  })
}
