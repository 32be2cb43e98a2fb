import { ownEmail } from '../auth/email.ts'
import { newPasswordFields } from '../auth/password-strength.ts'
import { defineForm, line } from '../web/forms.ts'

export const limits = { name: 120 }

export const installationForm = defineForm(
  {
    codigo: line({ max: 200, required: 'Escriba el código que aparece en la consola.' }),
    organizacion: line({ max: limits.name, required: 'Escriba el nombre de la organización.' }),
    nombre: line({ max: limits.name, required: 'Escriba su nombre.' }),
    correo: ownEmail,
    ...newPasswordFields,
  },
  { organizacion: 'Organización', nombre: 'Nombre', correo: 'Correo electrónico' },
)
