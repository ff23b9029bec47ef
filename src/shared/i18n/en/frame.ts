export const frame = {
}
