export const session = {
}
