import type { Installation } from '../web/installation.ts'
import type { Brand } from '../web/page.ts'
import { OWN_ACCENT, stylesheetOf } from './accent.ts'
import { paths } from './paths.ts'
import { fileLimitsOf, type Settings } from './queries.ts'

/**
 * What the settings say of every page.
 * @param zone the process's own time zone, which counts where the organisation has none
 */
export function installationOf(settings: Settings, zone: string): Installation {
  const { organizationName, demonstration, locale, timeZone, accent, firstSteps } = settings
  return {
    organizationName,
    demonstration,
    firstSteps,
    region: { locale, zone: timeZone ?? zone },
    fileLimits: fileLimitsOf(settings),
    brand: {
      logo: logoOf(settings),
      stylesheetHref: accent && accent !== OWN_ACCENT ? paths.stylesheet(stylesheetOf(accent).hash) : null,
    },
  }
}

/** The box of the logo, in CSS pixels. */
const BOX = { width: 176, height: 40 }
/** A picture wider than so many times its height stands above the name. */
const WIDE = 1.6

function logoOf({ logo, logoAlt }: Settings): Brand['logo'] {
  if (!logo) return null
  const { hash, width, height } = logo
  const scale = Math.min(BOX.width / width, BOX.height / height, 1)
  return {
    src: paths.logo(hash),
    alt: logoAlt,
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
    wide: width > height * WIDE,
  }
}
