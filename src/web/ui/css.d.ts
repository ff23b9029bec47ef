/** Classes of a CSS module: every name that the file declares. */
declare module '*.module.css' {
  const classes: Record<string, string>
  export default classes
}
