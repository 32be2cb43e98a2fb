/** While somebody types into a long text, its hint tells how many characters are left. */
const { lang } = document.documentElement
const left = count => (count === 1 ? 'Queda 1 carácter' : `Quedan ${count.toLocaleString(lang)} caracteres`)

document.addEventListener('input', ({ target }) => {
  if (!target.matches('textarea[maxlength]')) return
  const hint = document.getElementById(`${target.id}-contador`)
  if (!hint) return
  const count = target.maxLength - target.value.length
  hint.textContent = left(count)
  hint.classList.toggle('field-counter-low', count < target.maxLength / 10)
})
