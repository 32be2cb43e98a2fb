/** The search box of the header: offers tickets while somebody types, as a combobox. Enter without a choice shows all results. */
const PAUSE_MS = 200
const SHORTEST = 3

for (const form of document.querySelectorAll('[data-search]')) {
  const input = form.querySelector('input')
  const list = form.querySelector('[role="listbox"]')
  const options = () => [...list.children]
  let [waiting, asked] = [0, 0]
  Object.assign(input, { role: 'combobox', ariaAutoComplete: 'list' }).setAttribute('aria-controls', list.id)
  show([])

  input.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, PAUSE_MS)
  })
  input.addEventListener('keydown', event => {
    if (list.hidden || !['ArrowDown', 'ArrowUp', 'Escape', 'Enter'].includes(event.key)) return
    const chosen = options().findIndex(option => option.ariaSelected === 'true')
    if (event.key === 'Enter' && chosen < 0) return
    event.preventDefault()
    if (event.key === 'Enter') options()[chosen].click()
    else if (event.key === 'Escape') show([])
    else choose(chosen + (event.key === 'ArrowDown' ? 1 : chosen < 0 ? 0 : -1))
  })
  input.addEventListener('blur', () => show([]))
  // The box keeps the focus, so that the list is still there when the button comes up.
  list.addEventListener('pointerdown', event => event.preventDefault())
  list.addEventListener('click', event => location.assign(event.target.closest('[role="option"]').dataset.href))

  async function ask() {
    const turn = ++asked
    const texto = input.value.trim()
    const url = `${form.dataset.search}?${new URLSearchParams({ texto })}`
    const response = texto.length < SHORTEST ? null : await fetch(url).catch(() => null)
    const found = response?.ok ? (await response.json()).options : []
    if (turn === asked) show(document.activeElement === input ? found : [])
  }

  function show(found) {
    list.replaceChildren(...found.map(optionOf))
    list.hidden = found.length === 0
    choose(-1)
  }

  function optionOf({ href, label, help }, index) {
    const item = Object.assign(document.createElement('li'), { id: `${list.id}-${index}`, role: 'option' })
    item.dataset.href = href
    item.append(label, Object.assign(document.createElement('span'), { textContent: help }))
    return item
  }

  function choose(index) {
    const items = options()
    const place = index >= items.length ? 0 : Math.max(index, -1)
    for (const [each, item] of items.entries()) item.ariaSelected = String(each === place)
    input.setAttribute('aria-expanded', String(!list.hidden))
    input.setAttribute('aria-activedescendant', items[place]?.id ?? '')
  }
}
