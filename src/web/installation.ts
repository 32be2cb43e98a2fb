import type { Region } from './format.ts'
import type { Brand } from './page.ts'
import type { FileLimits } from './uploads.ts'

/** What pages show of the installation. */
export interface Installation {
  organizationName: string
  demonstration: boolean
  brand: Brand
  /** Where dates and numbers are read by whoever did not choose. */
  region: Region
  /** Which files may be attached. */
  fileLimits: FileLimits
  /** Whether Administradores are still led through the first steps. */
  firstSteps: boolean
}
