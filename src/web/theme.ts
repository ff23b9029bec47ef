import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

/** 石青, the one accent: #1F6F78 on paper, #5BB5BE in the dark. */
const brand: MantineColorsTuple = ['#eef7f8', '#d9ecee', '#b4dade', '#8ac7cd', '#5bb5be', '#3a929b', '#1f6f78', '#195b63', '#13474d', '#0d3438']
/** Seal red: danger and overdue, nothing else. */
const red: MantineColorsTuple = ['#fbeeec', '#f9e3e0', '#f3c4be', '#f0a9a1', '#f0958a', '#cf5b4f', '#b3382c', '#962d23', '#78241b', '#5a1a14']
/** Warm greys, so that Mantine's own greys belong to the paper. */
const gray: MantineColorsTuple = ['#fbfaf7', '#f4f2ec', '#ece9e1', '#e7e4dc', '#cfcbc1', '#8b8c88', '#6b6d6f', '#5f6368', '#3a3d40', '#1d1f21']
const dark: MantineColorsTuple = ['#ecebe7', '#c9cbcc', '#a4a8ad', '#74797e', '#2e3134', '#26292b', '#1e2022', '#17181a', '#141517', '#101112']

export const theme = createTheme({
  colors: { brand, red, gray, dark },
  primaryColor: 'brand',
  primaryShade: { light: 6, dark: 4 },
  autoContrast: true,
  black: '#1d1f21',
  fontFamily: 'var(--kb-font)',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Consolas, monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: '6px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '600', fontFamily: 'var(--kb-font)' },
  components: {
    Button: { defaultProps: { size: 'sm', fw: 600 } },
    Tooltip: { defaultProps: { openDelay: 400, withinPortal: true } },
    Menu: { defaultProps: { shadow: 'none', transitionProps: { transition: 'fade', duration: 120 } } },
    Popover: { defaultProps: { shadow: 'none', transitionProps: { transition: 'fade', duration: 120 } } },
    Modal: { defaultProps: { transitionProps: { transition: 'fade', duration: 140 } } },
  },
})

/** Mantine draws with our paper and ink. */
const shared = {
  '--mantine-color-body': 'var(--kb-panel)',
  '--mantine-color-text': 'var(--kb-ink)',
  '--mantine-color-dimmed': 'var(--kb-ink-2)',
  '--mantine-color-placeholder': 'var(--kb-ink-2)',
  '--mantine-color-default': 'var(--kb-panel)',
  '--mantine-color-default-hover': 'var(--kb-hover)',
  '--mantine-color-default-border': 'var(--kb-line)',
  '--mantine-color-default-color': 'var(--kb-ink)',
  '--mantine-color-error': 'var(--kb-danger)',
  '--mantine-color-anchor': 'var(--kb-accent)',
  '--mantine-color-disabled': 'var(--kb-sunk)',
  '--mantine-color-disabled-color': 'var(--kb-ink-2)',
  '--mantine-color-disabled-border': 'var(--kb-line)',
}
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared })
