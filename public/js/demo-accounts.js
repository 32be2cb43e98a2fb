/** Demonstration only: each listed account becomes a button that fills in the form. */
const password = document.querySelector('[data-demo-password]').textContent

for (const account of document.querySelectorAll('[data-demo-account]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn-sm'
  button.textContent = account.textContent
  button.addEventListener('click', () => {
    document.getElementById('campo-correo').value = account.dataset.demoAccount
    document.getElementById('campo-clave').value = password
    document.querySelector('form [type="submit"]').focus()
  })
  account.replaceWith(button)
}
