export const grid = {
}
