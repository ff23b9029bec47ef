export const imports = {
}
