//! A report, for people.

use super::model::*;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

const HEADING: Style = AnsiColor::Green.on_default().bold();
const NAME: Style = AnsiColor::Cyan.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();

/// The report as text with colours; `anstream` takes them off again where they do not belong.
pub fn print(report: &Report) -> String {
    let mut out = Text(String::new());
    head(&mut out, report);
    interfaces(&mut out, "imports", &report.imports);
    interfaces(&mut out, "exports", &report.exports);
    modules(&mut out, &report.modules);
    instances(&mut out, report);
    memories(&mut out, &report.memories);
    tables(&mut out, &report.tables);
    rest(&mut out, report);
    out.0
}

/// Writing to a string cannot fail, so results are dropped here and nowhere else.
struct Text(String);

impl Text {
    fn line(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.0, "{:indent$}{text}", "");
    }

    fn heading(&mut self, text: &str) {
        let _ = writeln!(self.0, "\n{HEADING}{text}{HEADING:#}");
    }

    fn name(&mut self, indent: usize, name: &str, note: &str) {
        let _ = writeln!(self.0, "{:indent$}{NAME}{name}{NAME:#}{note}", "");
    }
}

fn head(out: &mut Text, report: &Report) {
    let kind = if report.command { "a command" } else { "a library" };
    let name = report.name.as_ref().map(|name| format!(" `{name}`")).unwrap_or_default();
    out.name(0, &report.file, &format!(": a component{name}, {kind}, {}", bytes(report.size)));
    if let Some(obstacle) = &report.obstacle {
        out.0.push_str(&format!("{WARNING}cannot be compiled:{WARNING:#} {obstacle}\n"));
    }
}

fn interfaces(out: &mut Text, heading: &str, interfaces: &[Interface]) {
    if interfaces.is_empty() {
        return;
    }
    out.heading(heading);
    for interface in interfaces {
        let note = match interface.served {
            Some(Served::Wasi) => "  (served by weldc)",
            Some(Served::Given) => "  (given)",
            Some(Served::Embedder) => "  (you provide it)",
            Some(Served::Unused) => "  (no function of it is used)",
            None => "",
        };
        let indent = match &interface.name {
            Some(name) => {
                out.name(2, name, note);
                4
            }
            None => 2,
        };
        for item in &interface.items {
            out.line(indent, item);
        }
    }
}

fn modules(out: &mut Text, modules: &[Module]) {
    if modules.is_empty() {
        return;
    }
    out.heading("core modules");
    for (index, module) in modules.iter().enumerate() {
        let used = match module.instances {
            None | Some(1) => String::new(),
            Some(0) => ", not instantiated".to_string(),
            Some(n) => format!(", {n} instances"),
        };
        out.name(
            2,
            &format!("{index}: {}", module.name),
            &format!(
                "  {}: {} functions, code {}, data {}{used}",
                bytes(module.size),
                module.functions,
                bytes(module.code),
                bytes(module.data)
            ),
        );
    }
}

fn instances(out: &mut Text, report: &Report) {
    if report.instances.is_empty() {
        return;
    }
    out.heading("core instances");
    for instance in &report.instances {
        out.name(2, &instance.name, &format!("  of module {}", instance.module));
    }
}

fn memories(out: &mut Text, memories: &[Memory]) {
    if memories.is_empty() {
        return;
    }
    out.heading("memories");
    for memory in memories {
        let most = match memory.maximum {
            Some(most) => format!(", at most {}", bytes(most as usize)),
            None => String::new(),
        };
        let width = if memory.is_64 { ", 64-bit" } else { "" };
        let check = if memory.guarded { "guard pages" } else { "checked accesses" };
        let note = format!(
            "  {}{most}{width}, {check}, initial contents {}",
            bytes(memory.minimum as usize),
            bytes(memory.image)
        );
        out.name(2, &memory.instance, &note);
    }
}

fn tables(out: &mut Text, tables: &[Table]) {
    if tables.is_empty() {
        return;
    }
    out.heading("tables");
    for table in tables {
        let most = table.maximum.map(|most| format!(", at most {most}")).unwrap_or_default();
        let note = format!("  {} of {}{most}", table.minimum, table.element);
        out.name(2, &table.instance, &note);
    }
}

fn rest(out: &mut Text, report: &Report) {
    out.heading("sizes");
    if let Some(counts) = &report.counts {
        out.line(
            2,
            &format!(
                "{} functions and {} adapters and built-ins to compile, {} more that are not needed",
                counts.functions, counts.adapters, counts.dropped
            ),
        );
        out.line(
            2,
            &format!(
                "{} component instances, {} resource types, {} globals",
                counts.component_instances, counts.resources, counts.globals
            ),
        );
        out.line(2, &format!("context block {}", bytes(counts.context as usize)));
    }
    for custom in &report.customs {
        out.line(2, &format!("custom section {}: {}", custom.name, bytes(custom.size)));
    }
    if !report.features.is_empty() {
        out.heading("features used");
        out.line(2, &report.features.join(", "));
    }
}

/// A size as people read it.
fn bytes(size: usize) -> String {
    match size {
        0..1024 => format!("{size} bytes"),
        1024..0x10_0000 => format!("{:.1} KiB", size as f64 / 1024.0),
        0x10_0000..0x4000_0000 => format!("{:.1} MiB", size as f64 / 1048576.0),
        _ => format!("{:.1} GiB", size as f64 / 1073741824.0),
    }
}
