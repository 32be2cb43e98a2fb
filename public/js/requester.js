/** Whoever writes a ticket for somebody else finds him while typing; the list of choices is the form's own. */
const PAUSE_MS = 250

for (const field of document.querySelectorAll('[data-requester]')) {
  const search = field.querySelector('[name="buscar"]')
  const note = field.querySelector('[data-requester-note]')
  const choices = () => [...field.querySelectorAll('[name="solicitante"]')]
  // Enter in another field of the form must send the form, not search.
  field.querySelector('[data-requester-search]').hidden = true
  field.querySelector('[data-requester-search]').type = 'button'
  let waiting
  let asked = 0

  search.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(find, PAUSE_MS)
  })
  search.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    clearTimeout(waiting)
    find()
  })

  async function find() {
    const turn = ++asked
    const url = `${field.dataset.requester}?${new URLSearchParams({ buscar: search.value })}`
    const response = await fetch(url).catch(() => null)
    if (turn !== asked) return
    const found = response?.ok ? await response.json() : { options: [], note: 'No se pudo buscar. Intente de nuevo.' }
    if (turn === asked) show(found)
  }

  function show(found) {
    const [own, ...others] = choices()
    for (const choice of others) if (!choice.checked) choice.closest('label').remove()
    const kept = choices().at(-1)
    const options = found.options.filter(({ value }) => value !== kept.value)
    kept.closest('label').after(...options.map((option, index) => choiceOf(own, option, `buscado-${index}`)))
    note.textContent = found.note
  }

  function choiceOf(model, { value, label, help }, id) {
    const copy = model.closest('label').cloneNode(true)
    Object.assign(copy.querySelector('input'), { id, value, checked: false })
    const [text, description] = [copy.querySelector('.form-check-label'), copy.querySelector('.form-check-description')]
    description.textContent = help
    text.replaceChildren(`${label} `, description)
    return copy
  }
}
