//! Horizontal bars, as SVG.

use std::fmt::Write;

pub struct Bar {
    pub label: String,
    pub value: f64,
    /// Drawn in a colour of its own.
    pub ours: bool,
}

const WIDTH: f64 = 760.0;
const LABELS: f64 = 190.0;
const VALUES: f64 = 60.0;
const ROW: f64 = 24.0;
const TOP: f64 = 52.0;

/// Bars from 0 to the largest value but for those above `limit`, which are cut off. A line marks 1.
pub fn bars(title: &str, subtitle: &str, bars: &[Bar], limit: f64) -> String {
    let largest = bars.iter().map(|bar| bar.value).fold(1.0, f64::max).min(limit);
    let scale = (WIDTH - LABELS - VALUES) / largest;
    let height = TOP + ROW * bars.len() as f64 + 12.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n\
         <text x=\"12\" y=\"22\" font-size=\"16\" font-weight=\"600\" fill=\"#1f2328\">{}</text>\n\
         <text x=\"12\" y=\"40\" fill=\"#59636e\">{}</text>\n",
        escaped(title),
        escaped(subtitle)
    );
    for (number, bar) in bars.iter().enumerate() {
        let y = TOP + ROW * number as f64;
        bar_to(&mut svg, bar, y, scale, largest);
    }
    let one = LABELS + scale;
    let _ = writeln!(
        svg,
        "<line x1=\"{one:.1}\" x2=\"{one:.1}\" y1=\"{TOP}\" y2=\"{:.1}\" stroke=\"#1f2328\" \
         stroke-dasharray=\"3 3\"/>\n</svg>",
        height - 10.0
    );
    svg
}

fn bar_to(svg: &mut String, bar: &Bar, y: f64, scale: f64, largest: f64) {
    let length = bar.value.min(largest) * scale;
    let (fill, weight) = if bar.ours { ("#1a7f64", "600") } else { ("#9aa7b4", "400") };
    let cut = if bar.value > largest { " →" } else { "" };
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" font-weight=\"{weight}\" \
         fill=\"#1f2328\">{}</text>\n\
         <rect x=\"{LABELS}\" y=\"{:.1}\" width=\"{length:.1}\" height=\"{:.1}\" fill=\"{fill}\"/>\n\
         <text x=\"{:.1}\" y=\"{:.1}\" font-weight=\"{weight}\" fill=\"#1f2328\">{:.2}{cut}</text>",
        LABELS - 8.0,
        y + 15.0,
        escaped(&bar.label),
        y + 3.0,
        ROW - 7.0,
        LABELS + length + 6.0,
        y + 15.0,
        bar.value
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
