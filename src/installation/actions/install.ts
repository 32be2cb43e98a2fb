import { hashPassword } from '../../auth/password.ts'
import { paths } from '../../auth/paths.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Database, transaction } from '../../platform/db.ts'
import { Conflict, InvalidForm } from '../../web/errors.ts'
import { isValidCode } from '../codes.ts'

export interface FirstAdministrator {
  code: string
  organization: string
  name: string
  /** Normalised. */
  email: string
  password: string
}

/**
 * Creates the first Administrador and ends the first visit for ever; of several at once one succeeds.
 * @returns the id of the account
 * @throws Conflict when somebody else was first; InvalidForm when the code or the mail cannot be used
 */
export async function install({ db, clock }: { db: Database; clock: Clock }, input: FirstAdministrator) {
  const passwordHash = await hashPassword(input.password)
  const now = clock.now()
  return transaction(db, async tx => {
    const { count: mine } = await tx.settings.updateMany({
      where: { id: 1, installedAt: null, demonstration: false },
      data: { installedAt: now, organizationName: input.organization },
    })
    const others = await tx.user.count({ where: { role: 'ADMINISTRADOR', active: true } })
    if (mine === 0 || others > 0) {
      throw alreadyInstalled()
    }
    if (!(await isValidCode(tx, input.code, now))) throw new InvalidForm('codigo', WRONG_CODE)
    if (await tx.user.findFirst({ where: { email: input.email }, select: { id: true } })) {
      throw new InvalidForm('correo', 'Ya hay una persona con este correo. Use otro.')
    }
    await tx.installationCode.deleteMany()
    const { id } = await tx.user.create({
      data: { name: input.name, email: input.email, passwordHash, role: 'ADMINISTRADOR', createdAt: now },
      select: { id: true },
    })
    return id
  })
}

export const alreadyInstalled = () =>
  new Conflict('La primera cuenta de Administrador ya está creada. Ingrese con ella.', [], paths.signIn)

export const WRONG_CODE =
  'El código no es correcto o ya venció. Cópielo de la consola; al reiniciar la aplicación aparece otro.'
