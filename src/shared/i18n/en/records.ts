export const records = {
}
