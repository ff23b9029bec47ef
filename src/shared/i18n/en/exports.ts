export const exports = {
}
