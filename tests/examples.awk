# Cuts the examples out of a manual page (mdoc) or of the README (plain text,
# indented by four blanks). For step N, as they come, it writes into the folder
# `to`:
#
#   N.sh    the command; or N.file: the name of a sample file that is shown
#   N.out   what it prints, or what the file holds
#   N.err   its messages
#   N.at    where it stands: page:line
#
# An example is a literal display with lines "$ COMMAND", which may go on in
# lines "> MORE", each followed by what the terminal then shows. A message is a
# line "crm-TOOL: ..." with the lines after it that begin with two blanks.
# "$ cat FILE", where no command before it named FILE, shows a sample file.

function finish() {
	if (step) {
		close(base ".sh"); close(base ".file")
		close(base ".out"); close(base ".err"); close(base ".at")
	}
}

function begin(line, command, name) {
	finish()
	base = to "/" ++step
	printf "" >(base ".out")
	printf "" >(base ".err")
	print page ":" FNR >(base ".at")
	command = substr(line, 3)
	name = command
	sub(/^cat /, "", name)
	if (name != command && name !~ /[^A-Za-z0-9._-]/ &&
	    index(named, " " name " ") == 0)
		print name >(base ".file")
	else
		print command >(base ".sh")
	mention(command)
	asking = 1
	message = 0
}

function mention(command) {
	gsub(/[^A-Za-z0-9._-]/, " ", command)
	named = named " " command " "
}

function body(line) {
	if (line ~ /^\$ /) {
		begin(line)
	} else if (asking && line ~ /^> /) {
		print substr(line, 3) >(base ".sh")
		mention(substr(line, 3))
	} else if (shown) {
		asking = 0
		if (line ~ /^crm-[a-z]+: /)
			message = 1
		else if (line !~ /^  /)
			message = 0
		print line >(base (message ? ".err" : ".out"))
	}
	if (line ~ /^\$ /)
		shown = 1
}

function plain(line) { # roff's escapes
	gsub(/\\&/, "", line)
	gsub(/\\-/, "-", line)
	gsub(/\\e/, "\\", line)
	return line
}

page ~ /[0-9]$/ && /^\.Bd -literal/ { display = 1; shown = 0; next }
page ~ /[0-9]$/ && /^\.Ed/ { display = 0; next }
page ~ /[0-9]$/ && display && !/^\./ { body(plain($0)) }

page !~ /[0-9]$/ && /^    / {
	display = 1
	body(substr($0, 5))
	next
}
page !~ /[0-9]$/ { display = shown = 0 }

END { finish() }
