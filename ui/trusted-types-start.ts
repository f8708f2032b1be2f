/** Installs the Trusted Types policy when it is imported: the first import of `start.ts`, so of every app. */

import { installTrustedTypes } from './trusted-types.ts'

installTrustedTypes()
