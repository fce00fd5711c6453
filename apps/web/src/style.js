/** The page's style sheet. Colours are the browser's own, light or dark. */
const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; background: Canvas; color: CanvasText }
main { max-width: 44rem; margin: 3rem auto; padding: 0 1.5rem }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 2rem }
h2 { font-size: 1.125rem; margin: 2rem 0 .75rem }
ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid #8885 }
li { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; padding: .5rem 0; border-bottom: 1px solid #8885 }
li span { flex: 1 1 16rem; overflow-wrap: anywhere }
time, .hint { color: light-dark(#595959, #b0b0b0) }
time { font-variant-numeric: tabular-nums; white-space: nowrap }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: 0 0 1rem }
input { flex: 1 1 12rem }
input, button { font: inherit; padding: .375rem .625rem }
.away { border-left: 4px solid #d97706; padding-left: .75rem }
`;

module.exports = { style };
