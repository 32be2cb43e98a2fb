import { z } from 'zod'
import { chosenPassword } from '../auth/password-strength.ts'
import { normalizedEmail } from '../auth/sign-in.ts'
import { defineForm, line } from '../web/forms.ts'

const WRONG_MAIL = 'Escriba un correo válido, como nombre@organizacion.com.'

export const limits = { name: 120 }

export const installationForm = defineForm(
  {
    codigo: line({ max: 200, required: 'Escriba el código que aparece en la consola.' }),
    organizacion: line({ max: limits.name, required: 'Escriba el nombre de la organización.' }),
    nombre: line({ max: limits.name, required: 'Escriba su nombre.' }),
    correo: z
      .string('Escriba su correo.')
      .transform(normalizedEmail)
      .pipe(
        z
          .string()
          .min(1, 'Escriba su correo.')
          .max(254, WRONG_MAIL)
          .regex(/^[^\s@]+@[^\s@]+$/, WRONG_MAIL),
      ),
    clave: chosenPassword,
    repeticion: z.string('Escriba otra vez la contraseña.').min(1, 'Escriba otra vez la contraseña.'),
  },
  { organizacion: 'Organización', nombre: 'Nombre', correo: 'Correo electrónico' },
)
