/** The first import of every app: Trusted Types before anything else, then styles, language and theme. */

import './trusted-types-start.ts'
import './styles/index.css'
import { startLocale } from './locale.ts'
import { startTheme } from './theme.ts'

startLocale()
startTheme()
