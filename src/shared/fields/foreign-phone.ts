import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** A number of another country with its country code, as E.164; null if there is no such number. */
export function foreignPhone(text: string): string | null {
  const number = parsePhoneNumberFromString(text)
  return number?.isValid() ? number.number : null
}
