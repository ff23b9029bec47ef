export const fields = {
}
